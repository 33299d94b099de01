"""What all pages share: who may open them, how facts are written, forms, long lists, headers."""
