#include "pages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char style[] = {
#embed "files/page.css"
};
static const unsigned char icon[] = {
#embed "files/icon.svg"
};
static const unsigned char htmx[] = {
#embed "files/vendor/htmx-2.0.10.min.js"
};
static const unsigned char script[] = {
#embed "files/page.js"
};
static const unsigned char keys[] = {
#embed "files/keys.js"
};
static const unsigned char sheet[] = {
#embed "files/sheet.js"
};
static const unsigned char live[] = {
#embed "files/live.js"
};
static const unsigned char drag[] = {
#embed "files/drag.js"
};

static const struct perennial_page_file files[] = {
    {"page.css", style, sizeof style},
    {"icon.svg", icon, sizeof icon},
    {"htmx.js", htmx, sizeof htmx},
    {"page.js", script, sizeof script},
    {"keys.js", keys, sizeof keys},
    {"sheet.js", sheet, sizeof sheet},
    {"live.js", live, sizeof live},
    {"drag.js", drag, sizeof drag},
};

const struct perennial_page_file *perennial_page_files(size_t *count) {
    *count = sizeof files / sizeof files[0];
    return files;
}
