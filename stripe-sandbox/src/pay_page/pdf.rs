//! One page of text as a PDF, just enough for a file that every viewer opens; it lays nothing out.

/// The title in large letters, then the lines below each other.
pub(super) fn page(title: &str, lines: &[String]) -> Vec<u8> {
    let mut text = format!(
        "BT /F1 18 Tf 60 770 Td ({}) Tj /F1 11 Tf 0 -12 Td\n",
        escaped(title)
    );
    for line in lines {
        text.push_str(&format!("0 -18 Td ({}) Tj\n", escaped(line)));
    }
    text.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
         /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!(
            "{} 0 obj\n{object}\nendobj\n",
            index.saturating_add(1)
        ));
    }
    let start = file.len();
    file.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len().saturating_add(1)
    ));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len().saturating_add(1)
    ));
    file.into_bytes()
}

/// What the page's font can't show becomes a question mark, so that a byte is a letter.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '(' | ')' | '\\' => {
                safe.push('\\');
                safe.push(letter);
            }
            '€' => safe.push_str("EUR "),
            '£' => safe.push_str("GBP "),
            '¥' => safe.push_str("JPY "),
            letter if letter.is_ascii_graphic() || letter == ' ' => safe.push(letter),
            _ => safe.push('?'),
        }
    }
    safe
}
