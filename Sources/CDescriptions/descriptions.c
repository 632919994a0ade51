#include "descriptions.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char api[] = {
#embed "../../docs/openapi/api.json"
};
static const unsigned char liondesk[] = {
#embed "../../docs/openapi/liondesk.json"
};
static const unsigned char highlevel[] = {
#embed "../../docs/openapi/highlevel.json"
};
static const unsigned char page[] = {
#embed "page/docs.html"
};
static const unsigned char script[] = {
#embed "page/docs.js"
};
static const unsigned char style[] = {
#embed "page/docs.css"
};

const unsigned char *perennial_document_bytes(enum perennial_document document, size_t *count) {
    switch (document) {
    case perennial_document_api: *count = sizeof api; return api;
    case perennial_document_liondesk: *count = sizeof liondesk; return liondesk;
    case perennial_document_highlevel: *count = sizeof highlevel; return highlevel;
    case perennial_document_page: *count = sizeof page; return page;
    case perennial_document_script: *count = sizeof script; return script;
    case perennial_document_style: *count = sizeof style; return style;
    }
    *count = 0;
    return api;
}
