#include "gateway/journal/notice_terms.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice {

NoticeTerms::NoticeTerms(const AuditFilter& filter, int first) : first_(first) {
  if (filter.account) add("n.account_id = ", *filter.account);
  if (filter.address) {
    add("EXISTS (SELECT 1 FROM renderings AS r WHERE r.notice = n.number AND r.address = ", *filter.address,
        ")");
  }
  if (filter.from) add("n.deemed_on >= ", rows::days(*filter.from));
  if (filter.to) add("n.deemed_on <= ", rows::days(*filter.to));
  if (filter.kind) add("n.kind = ", *filter.kind);
  if (filter.clause) {
    const std::string same = "?" + std::to_string(first_ + static_cast<int>(values_.size()));
    add("(n.clause = ", *filter.clause, " OR " + rows::lists_clause("n.also_clauses", same) + ")");
  }
  if (filter.agreement) add("n.agreement = ", *filter.agreement);
  if (filter.channel) {
    add("EXISTS (SELECT 1 FROM deliveries AS d WHERE d.notice = n.number AND d.channel = ",
        rows::code(*filter.channel), ")");
  }
  if (filter.state) add("n.state = ", rows::code(*filter.state));
}

void NoticeTerms::add(const std::string& before, std::variant<std::int64_t, std::string> value,
                      const std::string& after) {
  sql_ += " AND " + before + "?" + std::to_string(first_ + static_cast<int>(values_.size())) + after;
  values_.push_back(std::move(value));
}

void NoticeTerms::bind(sqlite::Statement& statement) const {
  int index = first_;
  for (const auto& value : values_)
    std::visit([&](const auto& each) { statement.bind(index++, each); }, value);
}

}  // namespace duenotice
