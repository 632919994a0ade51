-- For wrk: creates single tasks, each with a title of its own.
-- Arguments after "--": the id of the assigned user, a name for the run, and "own" for the server's own
-- API in place of LionDesk's.

local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("thread_number", threads)
end

function init(arguments)
    local due = "2030-01-15T09:00:00"
    if arguments[3] == "own" then
        body = '{"assigneeId":"' .. arguments[1] .. '","due":{"local":"' .. due .. '"},"title":"'
    else
        body = '{"assigned_user_id":"' .. arguments[1] .. '","due_at":"' .. due
            .. '","status":"incomplete","description":"'
    end
    body = body .. arguments[2] .. ", thread " .. thread_number
    count = 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
end

function request()
    count = count + 1
    return wrk.format(nil, nil, nil, body .. ", request " .. count .. '"}')
end
