// One POST by libcurl, whose functions with a variable number of arguments Swift cannot call.
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

// Is given an address that is about to be connected to; answers 1 where it may be.
typedef int (*ccurl_admits)(void *context, const unsigned char *bytes, int count);
// Answers 1 once the transfer is to be given up.
typedef int (*ccurl_stops)(void *context);

struct ccurl_post {
    const char *url;
    const struct curl_slist *headers;
    const unsigned char *body;
    long body_count;
    long timeout_milliseconds;
    // How many bytes of the answer are read.
    size_t read_limit;
    void *context;
    ccurl_admits admits;
    ccurl_stops stops;
    // What came of it.
    long status;
    int was_refused;
    size_t read_count;
};

static inline int ccurl_begin(void) { return curl_global_init(CURL_GLOBAL_DEFAULT) == 0; }

static size_t ccurl_take(char *bytes, size_t size, size_t count, void *data) {
    (void)bytes;
    struct ccurl_post *post = data;
    post->read_count += size * count;
    return post->read_count > post->read_limit ? 0 : size * count;
}

static int ccurl_progress(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a, (void)b, (void)c, (void)d;
    struct ccurl_post *post = data;
    return post->stops(post->context);
}

static curl_socket_t ccurl_open(void *data, curlsocktype purpose, struct curl_sockaddr *peer) {
    (void)purpose;
    struct ccurl_post *post = data;
    const unsigned char *bytes = NULL;
    int count = 0;
    if (peer->family == AF_INET) {
        bytes = (const unsigned char *)&((struct sockaddr_in *)&peer->addr)->sin_addr;
        count = 4;
    } else if (peer->family == AF_INET6) {
        bytes = (const unsigned char *)&((struct sockaddr_in6 *)&peer->addr)->sin6_addr;
        count = 16;
    }
    if (bytes == NULL || !post->admits(post->context, bytes, count)) {
        post->was_refused = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

// Sends the request. Redirects are not followed, and no proxy is used, whatever the environment says.
static inline CURLcode ccurl_send(struct ccurl_post *post, int needs_tls) {
    CURL *curl = curl_easy_init();
    if (curl == NULL) return CURLE_OUT_OF_MEMORY;
    curl_easy_setopt(curl, CURLOPT_URL, post->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, needs_tls ? "https" : "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, post->timeout_milliseconds);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, post->headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, post->body_count);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post->body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ccurl_take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, ccurl_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, post);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, ccurl_open);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, post);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &post->status);
    curl_easy_cleanup(curl);
    // An answer of which more than enough was read is an answer.
    if (code == CURLE_WRITE_ERROR && post->read_count > post->read_limit) return CURLE_OK;
    return code;
}
