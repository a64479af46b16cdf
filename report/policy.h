// The content policy of a page: nothing is fetched or run, and only these style sheets and pictures inside the page apply.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jianlu::report {

// `sheets`: the texts of the page's <style> elements, whose SHA-256 it allows.
std::string content_policy(const std::vector<std::string_view>& sheets);

// Made from report/templates/ at build time; nullptr for a name that is not there.
const std::string* template_text(std::string_view name);

}  // namespace jianlu::report
