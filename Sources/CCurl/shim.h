// Requests by libcurl, whose functions with a variable number of arguments Swift cannot call.
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Is given an address that is about to be connected to; answers 1 where it may be.
typedef int (*ccurl_admits)(const unsigned char *bytes, int count);

struct ccurl_post {
    struct curl_slist *headers;
    struct curl_slist *resolutions;
    long timeout_milliseconds;
    // How many bytes of the answer are read.
    size_t read_limit;
    // None where every address and plain HTTP will do.
    ccurl_admits admits;
    // A mail, and how much of it was read.
    struct curl_slist *recipients;
    unsigned char *mail;
    size_t mail_count, mail_offset;
    // The body of the answer, where it is wanted.
    unsigned char *answer;
    size_t answer_count;
    // What came of it.
    long status;
    int was_refused;
    size_t read_count;
    // How many bytes of the request were sent.
    long sent_count;
    // What is kept of the answer: its beginning, or a mail server's last line.
    char text[256];
    size_t text_count;
    // What libcurl says went wrong.
    char error[CURL_ERROR_SIZE];
};

static inline int ccurl_begin(void) { return curl_global_init(CURL_GLOBAL_DEFAULT) == 0; }

// Makes what carries out many requests; it keeps some connections open for further ones.
static inline CURLM *ccurl_multi(long connection_limit) {
    CURLM *multi = curl_multi_init();
    if (multi != NULL) curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, connection_limit);
    return multi;
}

static size_t ccurl_take(char *bytes, size_t size, size_t count, void *data) {
    (void)bytes;
    struct ccurl_post *post = data;
    post->read_count += size * count;
    return post->read_count > post->read_limit ? 0 : size * count;
}

// Keeps the beginning of an answer's body.
static size_t ccurl_keep(char *bytes, size_t size, size_t count, void *data) {
    struct ccurl_post *post = data;
    size_t room = sizeof post->text - post->text_count;
    size_t kept = size * count < room ? size * count : room;
    memcpy(post->text + post->text_count, bytes, kept);
    post->text_count += kept;
    return ccurl_take(bytes, size, count, data);
}

// Keeps the last line that a mail server says before it takes its leave.
static size_t ccurl_keep_line(char *bytes, size_t size, size_t count, void *data) {
    if (size * count >= 3 && memcmp(bytes, "221", 3) == 0) return size * count;
    ((struct ccurl_post *)data)->text_count = 0;
    return ccurl_keep(bytes, size, count, data);
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
    if (post->admits != NULL && (bytes == NULL || !post->admits(bytes, count))) {
        post->was_refused = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

// What holds for every request: no proxy is used, whatever the environment says, and certificates are
// those of the system, or of the file that OpenSSL's variable names.
static inline CURL *ccurl_handle(struct ccurl_post *post, const char *url) {
    CURL *curl = curl_easy_init();
    if (curl == NULL) return NULL;
    curl_easy_setopt(curl, CURLOPT_PRIVATE, post);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    // A name server that does not answer holds nobody when its request is given up.
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    const char *certificates = getenv("SSL_CERT_FILE");
    if (certificates != NULL) curl_easy_setopt(curl, CURLOPT_CAINFO, certificates);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, post->timeout_milliseconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ccurl_take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, post->error);
    return curl;
}

static size_t ccurl_give(char *bytes, size_t size, size_t count, void *data) {
    struct ccurl_post *post = data;
    size_t rest = post->mail_count - post->mail_offset;
    size_t given = rest < size * count ? rest : size * count;
    memcpy(bytes, post->mail + post->mail_offset, given);
    post->mail_offset += given;
    return given;
}

// Makes the sending of a mail, all of which is copied. Where TLS is required, a server without it is
// given nothing.
static inline CURL *ccurl_mail(struct ccurl_post *post, const char *url, const char *user,
                               const char *password, const char *from, int requires_tls,
                               const unsigned char *bytes, size_t count) {
    CURL *curl = ccurl_handle(post, url);
    if (curl == NULL) return NULL;
    post->mail = malloc(count);
    if (post->mail == NULL) {
        curl_easy_cleanup(curl);
        return NULL;
    }
    memcpy(post->mail, bytes, count);
    post->mail_count = count;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(requires_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (user != NULL) curl_easy_setopt(curl, CURLOPT_USERNAME, user);
    if (password != NULL) curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, post->recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, ccurl_give);
    curl_easy_setopt(curl, CURLOPT_READDATA, post);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, ccurl_keep_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, post);
    return curl;
}

// Makes a POST, of which the URL and the body are copied. Redirects are not followed.
static inline CURL *ccurl_request(struct ccurl_post *post, const char *url,
                                  const unsigned char *body, curl_off_t body_count) {
    CURL *curl = ccurl_handle(post, url);
    if (curl == NULL) return NULL;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, post->admits == NULL ? "http,https" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, post->headers);
    curl_easy_setopt(curl, CURLOPT_RESOLVE, post->resolutions);
    // The answer's header counts, too.
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, ccurl_take);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, post);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, body_count);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, ccurl_open);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, post);
    return curl;
}

// Makes a POST of which the beginning of the answer is kept, perhaps with a user and a password.
static inline CURL *ccurl_form(struct ccurl_post *post, const char *url, const char *user,
                               const char *password, const unsigned char *body,
                               curl_off_t body_count) {
    CURL *curl = ccurl_request(post, url, body, body_count);
    if (curl == NULL) return NULL;
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ccurl_keep);
    if (user != NULL) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password != NULL ? password : "");
    }
    return curl;
}

static size_t ccurl_collect(char *bytes, size_t size, size_t count, void *data) {
    struct ccurl_post *post = data;
    size_t given = size * count;
    if (post->answer_count + given > post->read_limit) return 0;
    unsigned char *answer = realloc(post->answer, post->answer_count + given);
    if (answer == NULL) return 0;
    memcpy(answer + post->answer_count, bytes, given);
    post->answer = answer;
    post->answer_count += given;
    return given;
}

// Makes a request whose answer is kept: a POST of a form, or without one a GET.
static inline CURL *ccurl_exchange(struct ccurl_post *post, const char *url, const char *form) {
    const unsigned char *body = (const unsigned char *)(form == NULL ? "" : form);
    CURL *curl = ccurl_request(post, url, body, (curl_off_t)strlen((const char *)body));
    if (curl == NULL) return NULL;
    if (form == NULL) curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ccurl_collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
    return curl;
}

// Takes a request that has ended, and how it did; none if none has.
static inline CURL *ccurl_ended(CURLM *multi, CURLcode *code) {
    int rest = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &rest)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

// Notes what the answer was, and how the request ended.
static inline CURLcode ccurl_result(CURL *curl, struct ccurl_post *post, CURLcode code) {
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &post->status);
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &post->sent_count);
    // An answer of which more than enough was read is an answer.
    if (code == CURLE_WRITE_ERROR && post->read_count > post->read_limit) return CURLE_OK;
    return code;
}
