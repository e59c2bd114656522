#include "gateway/journal/job_rows.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice::rows {

constexpr std::string_view open_job_columns = "job, id, act, same_as, state, rate, accept_late";

Job read_open_job(const sqlite::Statement& row) {
  Job job;
  job.number = row.integer(0);
  job.id = row.text(1);
  job.act = row.integer(2);
  job.same_as = digest(row.view(3));
  job.state = job_state(row.integer(4));
  job.rate = static_cast<int>(row.integer(5));
  job.accept_late = row.integer(6) != 0;
  return job;
}

constexpr std::string_view job_columns =
    "job, id, act, same_as, state, rate, accept_late, "
    "unsealed((SELECT a.subject FROM acts AS a WHERE a.act = jobs.act), 'selection', selection), "
    "unsealed((SELECT a.subject FROM acts AS a WHERE a.act = jobs.act), 'address', address)";

Job read_job(const sqlite::Statement& row) {
  Job job = read_open_job(row);
  job.selection = row.text(7);
  job.address = row.text(8);
  return job;
}

}  // namespace duenotice::rows
