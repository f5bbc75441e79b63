// The system's libpq, as Swift sees it.
#ifndef CPOSTGRESQL_H
#define CPOSTGRESQL_H

#include <postgresql/libpq-fe.h>

// Which part of a failure is asked for: libpq's names are macros of characters, which Swift does not see.
enum { CPOSTGRESQL_STATE = PG_DIAG_SQLSTATE, CPOSTGRESQL_MESSAGE = PG_DIAG_MESSAGE_PRIMARY };

#endif
