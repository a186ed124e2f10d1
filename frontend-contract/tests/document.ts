/** The OpenAPI document, as tests look at it. */
import document from "../../openapi/openapi.json";

export { document };

/** Every error code that an answer of the document carries in an example. */
export function errorCodes(): string[] {
  const codes = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      return;
    }
    if ("type" in value && "code" in value && String(value.type).startsWith("urn:credits:problem:")) {
      codes.add(String(value.code));
    }
    Object.values(value).forEach(look);
  };
  look(document.paths);
  return [...codes].sort();
}
