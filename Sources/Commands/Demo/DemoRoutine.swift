import Tasks

/// A series as the demo says it.
struct DemoRoutine {
    let title: String
    let rule: String
    let hour: Int
    let user: Int64
    var contact: Int64?
    var category: Int64?
    var priority = 0
    var tags: [String] = []
    var rotation: [Int64] = []
    var repeats = RepeatBasis.onSchedule
    var monthEnd = MonthEndPolicy.skip
    var isAllDay = false
    var body = ""

    static var all: [DemoRoutine] { daily + weekly + monthly + others }
}

extension DemoRoutine {
    private static var daily: [DemoRoutine] {
        [
            DemoRoutine(
                title: "Answer last night’s enquiries",
                rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                hour: 8,
                user: 1,
                category: 2,
                priority: 2
            ),
            DemoRoutine(
                title: "Open the office",
                rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                hour: 8,
                user: 2,
                rotation: [2, 5, 8],
                isAllDay: false
            ),
            DemoRoutine(
                title: "Post a listing",
                rule: "FREQ=DAILY;INTERVAL=3",
                hour: 11,
                user: 5,
                tags: ["social"]
            ),
        ]
    }

    private static var weekly: [DemoRoutine] {
        [
            DemoRoutine(
                title: "Call Amara Obi about her search",
                rule: "FREQ=WEEKLY;BYDAY=MO",
                hour: 10,
                user: 1,
                contact: 20,
                category: 1,
                priority: 1,
                tags: ["buyers"]
            ),
            DemoRoutine(
                title: "Send Tomás the new listings",
                rule: "FREQ=WEEKLY;BYDAY=TU",
                hour: 9,
                user: 1,
                contact: 21,
                category: 2,
                tags: ["buyers"]
            ),
            DemoRoutine(
                title: "Walk through 14 Cedar Lane",
                rule: "FREQ=WEEKLY;BYDAY=WE",
                hour: 15,
                user: 1,
                contact: 22,
                category: 7,
                tags: ["listings"]
            ),
            DemoRoutine(
                title: "Call the bank for Lucas Moreau",
                rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
                hour: 14,
                user: 1,
                contact: 23,
                category: 1,
                priority: 2
            ),
            DemoRoutine(
                title: "Ask Priya for the survey",
                rule: "FREQ=WEEKLY;BYDAY=FR",
                hour: 10,
                user: 2,
                contact: 24,
                category: 2
            ),
            DemoRoutine(
                title: "Check the keys in the safe",
                rule: "FREQ=WEEKLY;BYDAY=FR",
                hour: 17,
                user: 2,
                category: 8,
                tags: ["office"]
            ),
            DemoRoutine(
                title: "Viewing with Owen Walsh",
                rule: "FREQ=WEEKLY;BYDAY=SA",
                hour: 11,
                user: 5,
                contact: 25,
                category: 7,
                priority: 1,
                tags: ["buyers"]
            ),
            DemoRoutine(
                title: "Text Mei about the open house",
                rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
                hour: 12,
                user: 5,
                contact: 26,
                category: 3
            ),
            DemoRoutine(
                title: "Drive past the building site",
                rule: "FREQ=WEEKLY;BYDAY=MO,TH",
                hour: 16,
                user: 8,
                contact: 27,
                category: 7,
                tags: ["listings"]
            ),
            DemoRoutine(
                title: "Call Sofia, who is undecided",
                rule: "FREQ=WEEKLY;BYDAY=TU,TH",
                hour: 11,
                user: 8,
                contact: 28,
                category: 1,
                priority: 1,
                tags: ["buyers"]
            ),
            DemoRoutine(
                title: "Send the week’s figures",
                rule: "FREQ=WEEKLY;BYDAY=FR",
                hour: 16,
                user: 10,
                category: 8,
                priority: 2,
                tags: ["office"]
            ),
            DemoRoutine(
                title: "Newsletter: choose three homes",
                rule: "FREQ=WEEKLY;BYDAY=WE",
                hour: 13,
                user: 10,
                category: 2,
                tags: ["social"]
            ),
            DemoRoutine(
                title: "Call Daniel Cohen",
                rule: "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
                hour: 10,
                user: 10,
                contact: 29,
                category: 1
            ),
        ]
    }

    private static var monthly: [DemoRoutine] {
        [
            DemoRoutine(
                title: "Pay the office rent",
                rule: "FREQ=MONTHLY;BYMONTHDAY=-1",
                hour: 9,
                user: 1,
                category: 8,
                priority: 3,
                tags: ["office"]
            ),
            DemoRoutine(
                title: "Invoice for the sign painter",
                rule: "FREQ=MONTHLY;BYMONTHDAY=31",
                hour: 12,
                user: 1,
                category: 8,
                tags: ["office"],
                monthEnd: .lastDay
            ),
            DemoRoutine(
                title: "Lunch with Fatima Zahra",
                rule: "FREQ=MONTHLY;BYDAY=1MO",
                hour: 12,
                user: 1,
                contact: 30,
                category: 4
            ),
            DemoRoutine(
                title: "Review Hugo’s portfolio",
                rule: "FREQ=MONTHLY;BYDAY=-1FR",
                hour: 16,
                user: 2,
                contact: 31,
                category: 4,
                priority: 1
            ),
            DemoRoutine(
                title: "Team review",
                rule: "FREQ=MONTHLY;BYDAY=2TU",
                hour: 9,
                user: 2,
                category: 4,
                priority: 2
            ),
            DemoRoutine(
                title: "Check the smoke alarms at Elm Court",
                rule: "FREQ=MONTHLY;BYMONTHDAY=15",
                hour: 14,
                user: 8,
                contact: 32,
                category: 7
            ),
            DemoRoutine(
                title: "Call Samuel for feedback",
                rule: "FREQ=MONTHLY;BYDAY=3WE",
                hour: 15,
                user: 5,
                contact: 33,
                category: 1
            ),
            DemoRoutine(
                title: "Renew the advertisements",
                rule: "FREQ=MONTHLY;BYMONTHDAY=1",
                hour: 10,
                user: 10,
                category: 8,
                priority: 1,
                tags: ["social"]
            ),
            DemoRoutine(
                title: "Coffee with Clara Schmidt",
                rule: "FREQ=MONTHLY;BYDAY=-2TH",
                hour: 10,
                user: 1,
                contact: 34,
                category: 4
            ),
        ]
    }

    private static var others: [DemoRoutine] {
        [
            DemoRoutine(
                title: "Back up the photographs",
                rule: "FREQ=DAILY;INTERVAL=10",
                hour: 18,
                user: 5,
                category: 8,
                tags: ["office"],
                repeats: .afterCompletion
            ),
            DemoRoutine(
                title: "Water the office plants",
                rule: "FREQ=DAILY;INTERVAL=4",
                hour: 17,
                user: 8,
                tags: ["office"],
                repeats: .afterCompletion
            ),
            DemoRoutine(
                title: "Victor’s birthday card",
                rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9",
                hour: 9,
                user: 1,
                contact: 35,
                category: 2
            ),
            DemoRoutine(
                title: "Ruth’s moving-in anniversary",
                rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4",
                hour: 10,
                user: 1,
                contact: 36,
                category: 1
            ),
            DemoRoutine(
                title: "Insurance of the office",
                rule: "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15",
                hour: 9,
                user: 2,
                category: 8,
                priority: 3,
                tags: ["office"]
            ),
        ]
    }
}
