// The system's expat, as Swift sees it.
#ifndef CEXPAT_H
#define CEXPAT_H

#include <expat.h>

#endif
