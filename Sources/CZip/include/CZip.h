// The system's libzip, as Swift sees it.
#ifndef CZIP_H
#define CZIP_H

#include <zip.h>

#endif
