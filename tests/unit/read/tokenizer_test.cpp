// The tokenizer by the states of the standard (WHATWG HTML, section 13.2.5). Each token is written as its kind and the bytes it names:
// T text, S start tag (name, then name=value of each attribute, "/" where it closes itself), E end tag, C comment, B bogus comment,
// D DOCTYPE, X CDATA, N bytes without a token; "?" behind a kind: the standard sees an error in it.
#include "read/tokenizer.h"

#include <gtest/gtest.h>

#include "property/feed_laws.h"

namespace evenkeel {
namespace {

std::string Write(const MarkupToken& token, const Tokenizer& tokenizer, std::string_view page) {
  constexpr std::string_view kKinds = "TSECBDXN";
  std::string out(1, kKinds[static_cast<std::size_t>(token.kind)]);
  if (token.odd) out += '?';
  out += '(';
  switch (token.kind) {
    case MarkupKind::kStartTag:
    case MarkupKind::kEndTag:
      out += token.name.In(page);
      for (const MarkupAttribute& attribute : tokenizer.attributes()) out += " " + std::string(attribute.name.In(page)) + "=" + std::string(attribute.value.In(page));
      if (token.self_closing) out += " /";
      break;
    case MarkupKind::kComment:
    case MarkupKind::kBogus:
    case MarkupKind::kCdata: out += token.content.In(page); break;
    default: out += token.span.In(page);
  }
  return out + ')';
}

// All tokens, where what follows a start tag is text of `state`.
std::string Tokens(std::string_view page, TextState state = TextState::kData, bool cdata = false) {
  Tokenizer tokenizer(page);
  tokenizer.AllowCdata(cdata);
  std::string out;
  std::size_t end = page.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  for (const MarkupToken* token = &tokenizer.Next(); token->kind != MarkupKind::kEnd; token = &tokenizer.Next()) {
    EXPECT_EQ(token->span.begin, end) << page;
    EXPECT_GT(token->span.end, token->span.begin) << page;
    end = token->span.end;
    out += Write(*token, tokenizer, page);
    if (token->kind == MarkupKind::kStartTag && state != TextState::kData) tokenizer.Enter(state);
  }
  EXPECT_EQ(end, page.size()) << page;
  return out;
}

TEST(Tokenizer, DataState) {
  EXPECT_EQ(Tokens(""), "");
  EXPECT_EQ(Tokens("a<b>c</b>d"), "T(a)S(b)T(c)E(b)T(d)");
  EXPECT_EQ(Tokens("a < b & c <3 &lt;p&gt;"), "T(a < b & c <3 &lt;p&gt;)") << "\"<\" begins a tag only before a letter";
  EXPECT_EQ(Tokens("a<"), "T(a<)");
  EXPECT_EQ(Tokens("a</"), "T(a</)");
  EXPECT_EQ(Tokens("<"), "T(<)");
  EXPECT_EQ(Tokens("<<b>"), "T(<)S(b)");
  EXPECT_EQ(Tokens(std::string_view("a\0<b>\0", 6)), std::string("T(a\0)S(b)T(\0)", 13)) << "NUL is a byte of the text";
  EXPECT_EQ(Tokens("a\r\n<b>\r\n"), "T(a\r\n)S(b)T(\r\n)");
  EXPECT_EQ(Tokens("\xEF\xBB\xBF<b>\xEF\xBB\xBF"), "S(b)T(\xEF\xBB\xBF)") << "only the first mark is none of the page's text";
}

TEST(Tokenizer, TagNames) {
  EXPECT_EQ(Tokens("<P><x-y:z><h1></H1\n>"), "S(P)S(x-y:z)S(h1)E(H1)");
  EXPECT_EQ(Tokens("<a<b>"), "S(a<b)") << "\"<\" is a byte of the name";
  EXPECT_EQ(Tokens("<br/><br /><a/b>"), "S(br /)S(br /)S?(a b=)");
  EXPECT_EQ(Tokens("x<p"), "T(x)N(<p)") << "a tag that the page's end cuts off is dropped";
  EXPECT_EQ(Tokens("<p a"), "N(<p a)");
  EXPECT_EQ(Tokens("<p a=\"b>c"), "N(<p a=\"b>c)");
  EXPECT_EQ(Tokens("<p/"), "N(<p/)");
  EXPECT_EQ(Tokens("a</>b"), "T(a)N(</>)T(b)");
  EXPECT_EQ(Tokens("</p a=b/>"), "E(p a=b/)");
}

TEST(Tokenizer, Attributes) {
  EXPECT_EQ(Tokens("<p a b=c d='e f' g=\"h>i\" j = k>"), "S(p a= b=c d=e f g=h>i j=k)");
  EXPECT_EQ(Tokens("<p\ta\n=\r\n'b'\f>"), "S(p a=b)");
  EXPECT_EQ(Tokens("<a href=/b/c/>x"), "S(a href=/b/c/)T(x)") << "the slash belongs to the value";
  EXPECT_EQ(Tokens("<a href=b />"), "S(a href=b /)");
  EXPECT_EQ(Tokens("<a b=''c=\"\">"), "S?(a b= c=)");
  EXPECT_EQ(Tokens("<a b=>c"), "S?(a b=)T(c)");
  EXPECT_EQ(Tokens("<a =b>"), "S?(a =b=)") << "a name may begin with \"=\"";
  EXPECT_EQ(Tokens("<a b==c>"), "S?(a b==c)");
  EXPECT_EQ(Tokens("<a b\"c='d'>"), "S?(a b\"c=d)");
  EXPECT_EQ(Tokens("<a b=c\"d'e>f"), "S?(a b=c\"d'e)T(f)") << "a quote inside a value without quotes is a byte of it";
  EXPECT_EQ(Tokens("<a b=\"c\"/>"), "S(a b=c /)");
  EXPECT_EQ(Tokens("<a / b>"), "S?(a b=)");
}

TEST(Tokenizer, OfTwoAttributesOfOneNameTheFirstCounts) {
  Tokenizer tokenizer("<p a=1 B=2 A=3 b=4 c>");
  tokenizer.Next();
  std::vector<bool> repeated;
  for (std::size_t i = 0; i < tokenizer.attributes().size(); ++i) repeated.push_back(tokenizer.IsRepeated(i));
  EXPECT_EQ(repeated, (std::vector<bool>{false, false, true, true, false}));
}

TEST(Tokenizer, Comments) {
  EXPECT_EQ(Tokens("<!--a-->b"), "C(a)T(b)");
  EXPECT_EQ(Tokens("<!---->b"), "C()T(b)");
  EXPECT_EQ(Tokens("<!-->b-->"), "C()T(b-->)") << "closed abruptly";
  EXPECT_EQ(Tokens("<!--->b"), "C()T(b)");
  EXPECT_EQ(Tokens("<!--a--!>b"), "C(a)T(b)");
  EXPECT_EQ(Tokens("<!--a--->b"), "C(a-)T(b)");
  EXPECT_EQ(Tokens("<!--a--b-->c"), "C(a--b)T(c)");
  EXPECT_EQ(Tokens("<!--a--!-->b"), "C(a--!)T(b)");
  EXPECT_EQ(Tokens("<!--a<!--b-->c"), "C(a<!--b)T(c)");
  EXPECT_EQ(Tokens("<!--a > b -> c"), "C?(a > b -> c)");
  EXPECT_EQ(Tokens("<!--a--"), "C?(a)");
  EXPECT_EQ(Tokens("<!--a--!"), "C?(a)");
  EXPECT_EQ(Tokens("<!--a-"), "C?(a)");
  EXPECT_EQ(Tokens("<!--"), "C?()");
}

TEST(Tokenizer, BogusCommentsAndDeclarations) {
  EXPECT_EQ(Tokens("<?xml a?>b"), "B(?xml a?)T(b)");
  EXPECT_EQ(Tokens("<!a>b<!>"), "B(a)T(b)B()");
  EXPECT_EQ(Tokens("<!-a>b"), "B(-a)T(b)");
  EXPECT_EQ(Tokens("</ a>b"), "B( a)T(b)");
  EXPECT_EQ(Tokens("</3>"), "B(3)");
  EXPECT_EQ(Tokens("<?a"), "B?(?a)");
  EXPECT_EQ(Tokens("<!DOCTYPE html>a"), "D(<!DOCTYPE html>)T(a)");
  EXPECT_EQ(Tokens("<!doctype html PUBLIC \"a>b\">"), "D(<!doctype html PUBLIC \"a>)T(b\">)") << "\">\" ends it in quotes as well";
  EXPECT_EQ(Tokens("<!DOCTYPE"), "D(<!DOCTYPE)");
  EXPECT_EQ(Tokens("<![CDATA[a>b]]>c"), "B([CDATA[a)T(b]]>c)");
  EXPECT_EQ(Tokens("<![CDATA[a>b]]>c", TextState::kData, true), "X(a>b)T(c)");
  EXPECT_EQ(Tokens("<![CDATA[a]]", TextState::kData, true), "X(a]])");
}

TEST(Tokenizer, RcdataAndRawText) {
  for (const TextState state : {TextState::kRcdata, TextState::kRawText}) {
    EXPECT_EQ(Tokens("<title>a<b>c</b></titles></TITLE >", state), "S(title)T(a<b>c</b></titles>)E(TITLE)");
    EXPECT_EQ(Tokens("<style></style>", state), "S(style)E(style)");
    EXPECT_EQ(Tokens("<style>a</style", state), "S(style)T(a</style)") << "no name ends at the page's end";
    EXPECT_EQ(Tokens("<style><!--</style>-->", state), "S(style)T(<!--)E(style)T(-->)");
    EXPECT_EQ(Tokens("<style>a</style x", state), "S(style)T(a)N(</style x)");
  }
}

TEST(Tokenizer, ScriptData) {
  const auto script = [](std::string_view text) { return Tokens("<script>" + std::string(text), TextState::kScript); };
  EXPECT_EQ(script("a<b</scripty></script>c"), "S(script)T(a<b</scripty>)E(script)T(c)");
  EXPECT_EQ(script("<!-- a </script>b"), "S(script)T(<!-- a )E(script)T(b)") << "escaped, but not twice";
  EXPECT_EQ(script("<!-- <script> a </script> b --></script>c"), "S(script)T(<!-- <script> a </script> b -->)E(script)T(c)") << "escaped twice";
  EXPECT_EQ(script("<!-- <script> a --></script>b"), "S(script)T(<!-- <script> a -->)E(script)T(b)");
  EXPECT_EQ(script("<!-- <scripty> </script>b"), "S(script)T(<!-- <scripty> )E(script)T(b)");
  EXPECT_EQ(script("<!--><script></script>b"), "S(script)T(<!--><script>)E(script)T(b)") << "its own dashes end the escape";
  EXPECT_EQ(script("<!-- <script> </script> <script> </script> </script>b"), "S(script)T(<!-- <script> </script> <script> </script> )E(script)T(b)");
  EXPECT_EQ(script("<!-- <script> a"), "S(script)T(<!-- <script> a)");
}

TEST(Tokenizer, PlainTextNeverEnds) { EXPECT_EQ(Tokens("<plaintext>a</plaintext><b>", TextState::kPlainText), "S(plaintext)T(a</plaintext><b>)"); }

TEST(Tokenizer, EveryByteBelongsToOneToken) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) Tokens(property::MakeMarkup(seed));
}

}  // namespace
}  // namespace evenkeel
