"""The audit trails: views over the archive by household, group, member and unit."""
