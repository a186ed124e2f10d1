//! The page's files, as `npm run build` left them in `web/dist`: embedded in a release, read from there in a
//! debug build. A build without them serves the API alone.

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Files;

pub const INDEX: &str = "index.html";

pub struct File {
    pub content: Vec<u8>,
    pub content_type: String,
}

pub fn file(path: &str) -> Option<File> {
    let file = Files::get(path)?;
    Some(File {
        content_type: file.metadata.mimetype().to_owned(),
        content: file.data.into_owned(),
    })
}

pub fn is_built() -> bool {
    Files::get(INDEX).is_some()
}
