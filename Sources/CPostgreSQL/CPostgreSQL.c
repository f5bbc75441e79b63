// The module is its header; a target needs one source to be built.
#include "CPostgreSQL.h"
