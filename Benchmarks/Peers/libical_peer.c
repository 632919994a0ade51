/*
 * The peer of the comparison that uses libical: reads one request from each line and answers it.
 *
 *   dates ZONE RULE COUNT    the first instants, in seconds since 1970
 *   expand ZONE RULE COUNT   ns of processor time for each occurrence, with parsing and preparing
 *   next ZONE RULE SECONDS   ns for a query of a prepared rule, and the instant; "-" if it cannot
 *   parse RULE               ns
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double DURATION = 4e6; /* how long a request is repeated, in ns */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static icaltimezone *zone_named(const char *name)
{
    icaltimezone *zone = strcmp(name, "UTC") == 0 ? icaltimezone_get_utc_timezone()
                                                  : icaltimezone_get_builtin_timezone(name);
    if (zone == NULL) {
        fprintf(stderr, "libical has no zone %s\n", name);
        exit(1);
    }
    return zone;
}

static struct icaltimetype start_in(icaltimezone *zone)
{
    struct icaltimetype start = icaltime_from_string("20000103T090000");
    return icaltime_set_timezone(&start, zone);
}

static icalrecur_iterator *iterator(const char *rule, icaltimezone *zone)
{
    return icalrecur_iterator_new(icalrecurrencetype_from_string(rule), start_in(zone));
}

static void dates(icaltimezone *zone, const char *rule, int count)
{
    icalrecur_iterator *each = iterator(rule, zone);
    for (int index = 0; index < count; index++) {
        struct icaltimetype next = icalrecur_iterator_next(each);
        if (icaltime_is_null_time(next)) break;
        printf("%s%lld", index > 0 ? " " : "", (long long)icaltime_as_timet_with_zone(next, zone));
    }
    icalrecur_iterator_free(each);
    printf("\n");
}

static void expand(icaltimezone *zone, const char *rule, int count)
{
    long long digest = 0;
    int passes = 0;
    double begin = now();
    double elapsed;
    do {
        icalrecur_iterator *each = iterator(rule, zone);
        for (int index = 0; index < count; index++)
            digest += icaltime_as_timet_with_zone(icalrecur_iterator_next(each), zone);
        icalrecur_iterator_free(each);
        passes++;
        elapsed = now() - begin;
    } while (elapsed < DURATION);
    printf("%f %lld\n", elapsed / passes / count, digest);
}

/* The first instant after a time, for an iterator that is kept. */
static long long seek(icalrecur_iterator *each, icaltimezone *zone, time_t after)
{
    struct icaltimetype from = icaltime_from_timet_with_zone(after + 1, 0, zone);
    if (!icalrecur_iterator_set_start(each, from)) return -1;
    struct icaltimetype next = icalrecur_iterator_next(each);
    return icaltime_is_null_time(next) ? -1 : icaltime_as_timet_with_zone(next, zone);
}

static void next(icaltimezone *zone, const char *rule, time_t after)
{
    icalrecur_iterator *each = iterator(rule, zone);
    long long answer = each == NULL ? -1 : seek(each, zone, after);
    if (answer < 0) {
        printf("-\n");
    } else {
        long long digest = 0;
        int count = 0;
        double begin = now();
        double elapsed;
        do {
            for (int run = 0; run < 10; run++, count++)
                digest += seek(each, zone, after + count % 1000 * 7919);
            elapsed = now() - begin;
        } while (elapsed < DURATION);
        printf("%f %lld %lld\n", elapsed / count, answer, digest);
    }
    if (each != NULL) icalrecur_iterator_free(each);
}

static void parse(const char *rule)
{
    long long digest = 0;
    int count = 0;
    double begin = now();
    double elapsed;
    do {
        for (int run = 0; run < 10; run++, count++) {
            struct icalrecurrencetype parsed = icalrecurrencetype_from_string(rule);
            digest += parsed.interval;
        }
        elapsed = now() - begin;
    } while (elapsed < DURATION);
    printf("%f %lld\n", elapsed / count, digest);
}

int main(void)
{
    char line[1024];
    icalerror_set_errors_are_fatal(0);
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *words[4] = {NULL};
        char *word = strtok(line, " \n");
        for (int index = 0; index < 4 && word != NULL; index++, word = strtok(NULL, " \n"))
            words[index] = word;
        if (words[1] != NULL && strcmp(words[0], "parse") == 0)
            parse(words[1]);
        else if (words[3] != NULL && strcmp(words[0], "dates") == 0)
            dates(zone_named(words[1]), words[2], atoi(words[3]));
        else if (words[3] != NULL && strcmp(words[0], "expand") == 0)
            expand(zone_named(words[1]), words[2], atoi(words[3]));
        else if (words[3] != NULL && strcmp(words[0], "next") == 0)
            next(zone_named(words[1]), words[2], atoll(words[3]));
        else
            return 1;
        fflush(stdout);
    }
    return 0;
}
