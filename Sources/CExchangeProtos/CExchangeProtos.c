#include "CExchangeProtos.h"
