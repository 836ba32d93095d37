"""The action plan: commitments, each with owner, timetable and adoption."""
