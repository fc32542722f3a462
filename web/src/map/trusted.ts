// The page's policy lets no text become a script address; the map's worker is the one exception.

type Policies = {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown;
};

/** Allows exactly this worker. Anything else that tries to run, or to become markup, is refused. */
export function trustWorker(workerUrl: string): void {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  if (policies === undefined) return;
  const allowed = new URL(workerUrl, location.href).href;
  policies.createPolicy("default", {
    createScriptURL: (url) => {
      if (new URL(url, location.href).href === allowed) return url;
      throw new TypeError("no script may be loaded from there");
    },
  });
}
