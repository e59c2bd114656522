#include "gateway/journal/facets.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice {

Facets::Facets(sqlite::Database& database)
    : facets_(database.prepare("SELECT facet, agreement, kind, channels FROM facets")),
      also_under_(
          database.prepare("SELECT facet FROM facets WHERE " + rows::lists_clause("also_clauses", "?"))) {}

std::set<std::int64_t> Facets::also_under(const std::string& clause) {
  std::set<std::int64_t> found;
  also_under_.bind(1, clause);
  while (also_under_.step()) found.insert(also_under_.integer(0));
  return found;
}

std::set<std::int64_t> Facets::fitting(const std::optional<std::string>& agreement,
                                       const std::optional<std::string>& kind,
                                       const std::optional<Channel>& channel) {
  std::set<std::int64_t> fitting;
  while (facets_.step()) {
    const bool fits = (!agreement || facets_.view(1) == *agreement) && (!kind || facets_.view(2) == *kind) &&
                      (!channel || (facets_.integer(3) & (std::int64_t{1} << rows::code(*channel))) != 0);
    if (fits) fitting.insert(facets_.integer(0));
  }
  return fitting;
}

}  // namespace duenotice
