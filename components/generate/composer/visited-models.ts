const most = 6;

/** The models whose forms this person had open in this browser lately, the last one first. */
export function visitedModels(owner: string): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? "[]");
    return Array.isArray(value) ? value.filter((model) => typeof model === "string") : [];
  } catch {
    return [];
  }
}

export function noteVisit(owner: string, model: string) {
  const models = [...new Set([model, ...visitedModels(owner)])].slice(0, most);
  try {
    localStorage.setItem(keyOf(owner), JSON.stringify(models));
  } catch {
    // Storage is full or switched off: models that were never asked are then not offered again.
  }
}

const keyOf = (owner: string) => `models:${owner}`;
