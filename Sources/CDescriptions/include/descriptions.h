#ifndef PERENNIAL_DESCRIPTIONS_H
#define PERENNIAL_DESCRIPTIONS_H

#include <stddef.h>

/// A file that was built into the program.
enum perennial_document {
    perennial_document_api,
    perennial_document_liondesk,
    perennial_document_highlevel,
    perennial_document_page,
    perennial_document_script,
    perennial_document_style,
};

/// The bytes of a file, which stay where they are, and how many there are.
const unsigned char *perennial_document_bytes(enum perennial_document document, size_t *count);

#endif
