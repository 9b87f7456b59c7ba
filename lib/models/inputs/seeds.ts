type Input = Record<string, unknown>;

/** Whether the name of an input says that it is a seed: the number that makes a result repeatable. */
export function isSeedName(name: string): boolean {
  return /(^|_)seed$/.test(name);
}

/** Returns the seed in an input, or null. A negative number is no seed, because it asks for a random one. */
export function seedIn(input: Input): number | null {
  const seeds = Object.entries(input).filter(([name, value]) => isSeedName(name) && Number.isSafeInteger(value));
  return seeds.map(([, value]) => Number(value)).find((seed) => seed >= 0) ?? null;
}

/** Returns an input without its seeds, so that the model picks new ones. */
export function withoutSeeds(input: Input): Input {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !isSeedName(name)));
}
