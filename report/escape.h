// Text made harmless for the place where it will stand.
#pragma once

#include <string>
#include <string_view>

namespace jianlu::report {

// For element content and quoted attribute values, of HTML and of SVG in it. Bytes that are no UTF-8 and
// control characters become U+FFFD; characters that reorder or hide text are spelled out, as [U+202E].
std::string escape_text(std::string_view text);

// For an attribute that holds an address: a fragment of this page, or a picture of our own (data:image/png or
// jpeg, base64). Anything else becomes "#".
std::string escape_address(std::string_view address);

// For the rest of an address that the template has begun: anything but letters, digits, - . _ is
// percent-encoded.
std::string escape_address_part(std::string_view part);

std::string base64(std::string_view bytes);

}  // namespace jianlu::report
