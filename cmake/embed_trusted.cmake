# cmake -D FOLDER=<lib/checks/trusted> -D OUTPUT=<file.cc> -P embed_trusted.cmake
# Writes trusted_file(): the settings and rules that checks bring along, as string literals.

set(text "#include \"lib/checks/trusted.h\"\n\nnamespace greenroom::checks {\n\n")
string(APPEND text "const std::vector<TrustedFile>& trusted_files() {\n  static const std::vector<TrustedFile> files{\n")
file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
foreach(file IN LISTS files)
  file(READ ${FOLDER}/${file} content)
  string(APPEND text "      {\"${file}\", R\"greenroom_file(${content})greenroom_file\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace greenroom::checks\n")
file(WRITE ${OUTPUT} "${text}")
