"""From results to what people read: page, PDF, slides, spreadsheets, maps."""
