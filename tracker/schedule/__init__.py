"""The timetable: when things happen by themselves, each slot claimed in the database."""
