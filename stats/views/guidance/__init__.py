"""Pages of courseware, frequent questions, questions to the unit, and help at an item."""
