"""Language: what importing, site, suggesting and reviewing need to know of words and sentences.

`sentences` has the one rule for where a sentence ends; `words` a text's words as the search folds
them; `stemmer` Snowball's stems; `stopwords` the words and endings that carry grammar alone;
`ranker` BM25; `encoder` the optional vectors of meaning, with its `tuning`.
"""
