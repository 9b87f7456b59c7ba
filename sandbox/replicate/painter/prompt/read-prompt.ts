import { createRandom, pick } from "../canvas/random.ts";
import { hueDifference, type Lch } from "../colours/colour.ts";
import {
  FOCUSES,
  MOODS,
  OWN_COLOURS,
  PLACES,
  STYLES,
  THINGS,
  TIMES,
  TINTS,
  WEATHERS,
  type Focus,
  type Mood,
  type Place,
  type Style,
  type Thing,
  type Time,
  type Weather,
} from "./vocabulary.ts";

/** The content of a prompt. The drawing code uses only these values and hashes of the prompt, never its text. */
export type Brief = {
  place: Place;
  focus: Focus | null;
  things: ReadonlySet<Thing>;
  time: Time | null;
  weather: Weather | null;
  style: Style;
  mood: Mood | null;
  /** Colours for the whole image, in the order in which the prompt names them. */
  tints: readonly Lch[];
  /**
   * The colour of the subject. The prompt names it directly before the subject, as in "a red fox". If the prompt names no colour,
   * this is the usual colour of the subject, from `OWN_COLOURS`.
   */
  subjectTint: Lch | null;
  /**
   * True if the prompt names the first colour directly before a place, as in "green valley". The sky then gets only a little of
   * this colour.
   */
  tintsGround: boolean;
  unwanted: ReadonlySet<string>;
};

/** Only this many characters of a prompt are read. */
const MAX_LENGTH = 4000;

export function readPrompt(prompt: string, negativePrompt = ""): Brief {
  const words = split(prompt);
  const refusedWords = split(negativePrompt);
  const all = [PLACES, FOCUSES, THINGS, TIMES, WEATHERS, STYLES, MOODS];
  const unwanted = new Set<string>(all.flatMap((vocabulary) => findMeanings(refusedWords, vocabulary)));
  const wanted = <T extends string>(vocabulary: ReadonlyMap<string, T>) =>
    findMeanings(words, vocabulary).filter((meaning) => !unwanted.has(meaning));

  const random = createRandom(prompt);
  const subjects = wanted(FOCUSES);
  // The subject of "portrait of a fox" is the fox.
  const focus = subjects.find((subject) => subject !== "portrait") ?? subjects[0] ?? null;
  const guess: Place = focus
    ? pick(random, ["forest", "meadow", "mountain", "lake"])
    : pick(random, ["mountain", "sea", "lake", "desert", "forest", "meadow", "abstract"]);
  const things = new Set(wanted(THINGS));
  const named = wanted(PLACES);
  const implied: Place = things.has("boat") ? "sea" : things.has("planet") ? "space" : guess;
  // If the prompt names a lake and other places, the place is the lake: for example, in "a mountain lake" or "a lake in the
  // woods". But if the prompt names a city first, the place is the city.
  const place = named.includes("lake") && named[0] !== "city" ? "lake" : (named[0] ?? implied);
  const monochrome = /\bblack (and|&) white\b/i.test(prompt.slice(0, MAX_LENGTH));
  const { tints, subjectTint, tintsGround } = readColours(words);
  return {
    place,
    focus,
    things,
    time: wanted(TIMES)[0] ?? null,
    weather: wanted(WEATHERS)[0] ?? null,
    style: wanted(STYLES)[0] ?? "photo",
    mood: monochrome ? "grey" : (wanted(MOODS)[0] ?? null),
    tints,
    subjectTint,
    tintsGround,
    unwanted,
  };
}

function split(text: string): string[] {
  return (
    text
      .slice(0, MAX_LENGTH)
      .toLowerCase()
      .match(/[a-z0-9]+(-[a-z]+)*/g) ?? []
  );
}

function meaningOf<T>(word: string, vocabulary: ReadonlyMap<string, T>): T | undefined {
  return vocabulary.get(word) ?? vocabulary.get(word.replace(/s$/, "")) ?? vocabulary.get(word.replace(/es$/, ""));
}

function findMeanings<T>(words: readonly string[], vocabulary: ReadonlyMap<string, T>): T[] {
  return words.flatMap((word) => meaningOf(word, vocabulary) ?? []);
}

function readColours(words: readonly string[]) {
  const tints: Lch[] = [];
  let subjectTint: Lch | null = null;
  let tintsGround = false;
  for (const [index, word] of words.entries()) {
    const tint = TINTS.get(word);
    if (!tint) continue;
    const next = words[index + 1] ?? "";
    const subject = meaningOf(next, FOCUSES) ?? meaningOf(next, THINGS);
    if (subject && subject !== "sun" && subject !== "moon") subjectTint ??= tint;
    // Two kinds of tints are left out: greys, which would make the image dull, and tints that are similar to an earlier one.
    else if (tint.c > 0.02 && tints.every(({ h }) => Math.abs(hueDifference(h, tint.h)) > 8)) {
      tintsGround ||= tints.length === 0 && meaningOf(next, PLACES) !== undefined;
      tints.push(tint);
    }
  }
  if (tints.length === 0) for (const word of words) subjectTint ??= meaningOf(word, OWN_COLOURS) ?? null;
  return { tints: tints.slice(0, 3), subjectTint, tintsGround };
}
