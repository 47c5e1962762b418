#pragma once
// Inside of lib/http only: a response's status line and headers as bytes.

#include <string>

#include "lib/http/server.h"

namespace greenroom::http {

enum class Framing { length, chunks };  // how the peer learns where the body ends
enum class After { keep, close };       // what becomes of the connection

// Ends with the empty line. Adds Date, the length of response.body or the chunked coding, and Connection.
std::string head_of(const Response& response, Framing framing, After after);
// A body goes with this status.
bool has_body(int status);
// One chunk of the chunked coding; "" for an empty piece, which would end the body.
std::string chunk_of(std::string_view piece);

}  // namespace greenroom::http
