#include "read/encoding.h"

#include <algorithm>
#include <string>

namespace evenkeel {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::string_view bytes;
  std::string_view name;
};

// Sources: the formats' own specifications; WHATWG MIME Sniffing, sections 6.1 to 6.4.
constexpr Signature kSignatures[] = {
    {"\x89PNG\r\n\x1A\n"sv, "a PNG image"},  {"\xFF\xD8\xFF"sv, "a JPEG image"},
    {"GIF87a"sv, "a GIF image"},             {"GIF89a"sv, "a GIF image"},
    {"%PDF-"sv, "a PDF document"},           {"PK\x03\x04"sv, "a ZIP archive"},
    {"PK\x05\x06"sv, "a ZIP archive"},       {"\x1F\x8B"sv, "gzip data"},
    {"BZh"sv, "bzip2 data"},                 {"\xFD" "7zXZ\x00"sv, "xz data"},
    {"\x28\xB5\x2F\xFD"sv, "zstd data"},     {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
    {"Rar!\x1A\x07"sv, "a RAR archive"},     {"\x7F" "ELF"sv, "an ELF program"},
    {"OggS\x00"sv, "Ogg media"},             {"ID3"sv, "MP3 audio"},
    {"\x1A\x45\xDF\xA3"sv, "Matroska media"}, {"wOFF"sv, "a font"},
    {"wOF2"sv, "a font"},                    {"SQLite format 3\x00"sv, "an SQLite database"},
    {"II*\x00"sv, "a TIFF image"},           {"MM\x00*"sv, "a TIFF image"},
    {"\x00\x00\x01\x00"sv, "an icon"},       {"\x00" "asm"sv, "WebAssembly"},
};

Status Refuse(std::string_view what) {
  return Status(Code::kInvalidArgument,
                "this is " + std::string(what) + ", not a page; pages are HTML in UTF-8 or another ASCII-compatible encoding");
}

Status RefuseWide(std::string_view what) {
  return Status(Code::kInvalidArgument, "the page is " + std::string(what) + ", which is not read; convert it to UTF-8");
}

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// UTF-16 or UTF-32 without a mark: markup is mostly ASCII, so one byte in two (or three in four) is NUL.
bool LooksWide(std::string_view page) {
  const std::string_view head = page.substr(0, std::min<std::size_t>(page.size() & ~std::size_t{1}, 512));
  if (head.size() < 4) return false;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  const std::size_t pairs = head.size() / 2;
  const bool one_side = (odd * 10 >= pairs * 7 && even * 10 <= pairs * 6) || (even * 10 >= pairs * 7 && odd * 10 <= pairs * 6);
  return one_side;
}

}  // namespace

Status CheckEncoding(std::string_view page) {
  if (StartsWith(page, "\xFF\xFE\x00\x00"sv) || StartsWith(page, "\x00\x00\xFE\xFF"sv)) return RefuseWide("UTF-32 text");
  if (StartsWith(page, "\xFF\xFE"sv) || StartsWith(page, "\xFE\xFF"sv)) return RefuseWide("UTF-16 text");
  for (const Signature& signature : kSignatures) {
    if (StartsWith(page, signature.bytes)) return Refuse(signature.name);
  }
  if (StartsWith(page, "RIFF") && page.size() >= 12) {
    const std::string_view kind = page.substr(8, 4);
    if (kind == "WEBP" || kind == "WAVE" || kind == "AVI ") return Refuse("WebP, WAVE or AVI media");
  }
  if (page.size() >= 12 && page.substr(4, 4) == "ftyp") return Refuse("MP4 or HEIF media");
  if (LooksWide(page)) return RefuseWide("UTF-16 or UTF-32 text without a byte order mark");
  return OkStatus();
}

}  // namespace evenkeel
