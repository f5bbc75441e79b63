// The system's libxlsxwriter, as Swift sees it.
#ifndef CXLSXWRITER_H
#define CXLSXWRITER_H

#include <xlsxwriter.h>

#endif
