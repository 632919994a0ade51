#ifndef PERENNIAL_PAGES_H
#define PERENNIAL_PAGES_H

#include <stddef.h>

/// A file of the page that was built into the program.
struct perennial_page_file {
    /// Its path below the folder of the page's files.
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The files, which stay where they are, and how many there are.
const struct perennial_page_file *perennial_page_files(size_t *count);

#endif
