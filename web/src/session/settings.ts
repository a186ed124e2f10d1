/** What this deployment of the page is told: the file `page.json` beside it. */
export interface PageSettings {
  /** Where the service is, without a slash at the end; "" for the page's own origin. */
  api_url: string;
  /** Where an access token is had by POST, with the session's cookies. */
  token_url: string;
  /** Where whoever has no session signs in, if there is such a page. */
  sign_in_url: string | null;
  product_name: string;
  /** No real money is taken here. */
  sandbox: boolean;
}

export async function loadSettings(): Promise<PageSettings> {
  const response = await fetch("page.json", { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`page.json: ${response.status}`);
  }
  const settings = (await response.json()) as PageSettings;
  return { ...settings, token_url: tokenUrl(settings, location.search) };
}

/** In the sandbox anybody can be looked at: `?account=user-7` in the page's address says whom. */
export function tokenUrl({ token_url, sandbox }: PageSettings, search: string): string {
  const account = new URLSearchParams(search).get("account");
  return sandbox && account !== null ? `${token_url}?${new URLSearchParams({ account })}` : token_url;
}
