"""How well the search answers, beside plain BM25 and Whoosh as it comes."""
