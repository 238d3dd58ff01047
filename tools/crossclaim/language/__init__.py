"""What a text is made of, whoever asks: words, stems, sentences, and how near two texts are."""
