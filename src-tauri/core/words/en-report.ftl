### Report, summary and the texts for others.
