-- For wrk: creates single tasks, each with a description of its own.
-- Arguments after "--": the id of the assigned user, and a name for the run.

local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("thread_number", threads)
end

function init(arguments)
    body = '{"assigned_user_id":"' .. arguments[1] .. '","due_at":"2030-01-15T09:00:00",'
        .. '"status":"incomplete","description":"' .. arguments[2] .. ", thread " .. thread_number
    count = 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
end

function request()
    count = count + 1
    return wrk.format(nil, nil, nil, body .. ", request " .. count .. '"}')
end
