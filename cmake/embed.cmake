# cmake -DOUT=file.cc -DFOLDER=templates -DNAMESPACE=report -DFUNCTION=template_text -P embed.cmake: the files of a folder
# as one C++ function from a file's name to its text.
file(GLOB files ${FOLDER}/*)
list(SORT files)
set(cases "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND cases "      {\"${name}\", R\"=====(${text})=====\"},\n")
endforeach()
file(WRITE ${OUT} "#include <map>
#include <string>
#include <string_view>

namespace jianlu::${NAMESPACE} {

const std::string* ${FUNCTION}(std::string_view name) {
  static const std::map<std::string_view, std::string> texts{
${cases}  };
  const auto found = texts.find(name);
  return found == texts.end() ? nullptr : &found->second;
}

}  // namespace jianlu::${NAMESPACE}
")
