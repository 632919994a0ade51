# Uses both dialects through Faraday, with its own encodings of queries and forms.
require "faraday"
require "json"

def expect(name, found, expected)
  abort "#{name}: #{found.inspect} instead of #{expected.inspect}" unless found == expected
end

def connection(token, headers = {})
  Faraday.new(url: ENV.fetch("SERVER_URL")) do |faraday|
    faraday.request :url_encoded
    faraday.headers.update(headers.merge("Authorization" => "Bearer #{token}"))
  end
end

# LionDesk's dialect: a form, then queries with nested names.
user = connection(ENV.fetch("USER_TOKEN"))
tasks = "/api/v1/scheduled/tasks"
made = user.post(tasks, "assigned_user_id" => 1, "due_at" => "2030-01-07T09:00:00",
                        "description" => "Call Stacy & Ben", "status" => "incomplete",
                        "is_all_day" => false)
expect "status of a form", made.status, 201
row = JSON.parse(made.body)
expect "description", row["description"], "Call Stacy & Ben"

page = user.get(tasks, "$limit" => 5, "$sort" => { "due_at" => -1 }, "status" => "incomplete",
                       "id" => { "$in" => [row["id"]] })
expect "status of a query", page.status, 200
expect "rows", JSON.parse(page.body)["data"].map { |found| found["id"] }, [row["id"]]

done = user.patch("#{tasks}/#{row["id"]}", JSON.generate(row.merge("status" => "complete")),
                  "Content-Type" => "application/json")
expect "status of PATCH", done.status, 200
expect "status of the task", JSON.parse(done.body)["status"], "complete"
expect "status of DELETE", user.delete("#{tasks}/#{row["id"]}").status, 200

# HighLevel's dialect.
location = connection(ENV.fetch("LOCATION_TOKEN"),
                      "Version" => "2021-07-28", "Content-Type" => "application/json")
path = "/contacts/#{ENV.fetch("CONTACT")}/tasks"
made = location.post(path, JSON.generate("title" => "Call Stacy", "completed" => false,
                                         "dueDate" => "2030-10-25T11:00:00Z"))
expect "status of a creation", made.status, 201
id = JSON.parse(made.body)["task"]["id"]
done = location.put("#{path}/#{id}/completed", JSON.generate("completed" => true))
expect "status of a completion", done.status, 200
found = location.post("/locations/#{ENV.fetch("LOCATION")}/tasks/search",
                      JSON.generate("completed" => true, "limit" => 25, "skip" => 0))
expect "status of a search", found.status, 200
expect "tasks", JSON.parse(found.body)["tasks"].map { |task| task["_id"] }, [id]
