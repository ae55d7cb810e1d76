// Features, identifiers and statements of a page.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/reading.h"
#include "read/mention.h"
#include "read/page.h"

namespace evenkeel {

std::vector<Feature> FindFeatures(const Page& page, const std::vector<FeatureRule>& extra);
std::vector<PageIdentifier> FindIdentifiers(const Page& page);
std::vector<PageIdentifier> FindTextIdentifiers(const GlyphText& text);
// Counts its work in `findings`, and stops when that is too much.
std::vector<Statement> FindStatements(const Page& page, Findings* findings);
// Adds those that the page makes for machines, where no statement stands yet.
void FindStatementsInCarriers(const Page& page, Findings* findings, std::vector<Statement>* statements);
std::vector<Statement> FindTextStatements(std::string_view bytes, const GlyphText& text);
// Where a page that only redirects leads; empty when it says more.
std::string FindRedirect(const Page& page);

}  // namespace evenkeel
