import type { Format } from "../canvas/encode-image.ts";
import { between, createRandom, pick, type Random } from "../canvas/random.ts";
import { choosePalette, type Palette } from "../colours/choose-palette.ts";
import { readPrompt, type Brief } from "../prompt/read-prompt.ts";
import type { Time, Weather } from "../prompt/vocabulary.ts";

export type DrawRequest = {
  model: string;
  prompt: string;
  negativePrompt?: string;
  seed: number;
  /** The width in px, 64..4096 */
  width: number;
  /** The height in px, 64..4096 */
  height: number;
  format: Format;
  /** The quality of jpg and webp, 0..100 */
  quality?: number;
  /** The index of this image among the images of one prediction. */
  index?: number;
};

export type Scene = {
  width: number;
  height: number;
  /**
   * The shorter side of the image in px. All sizes in the scene are multiples of this unit, so that an image has the same content
   * at any size.
   */
  unit: number;
  /** The horizon, in px from the top */
  horizon: number;
  sun: { x: number; y: number; radius: number };
  brief: Brief;
  time: Time;
  weather: Weather;
  palette: Palette;
  /**
   * Returns the random numbers for a part of the scene. Each part has its own random numbers, so that a change in the code of one
   * part (such as the stars) does not change another part (such as a mountain).
   */
  random: (part: string) => Random;
};

/** Creates the scene for a prompt. The seed decides what the prompt does not say, such as the time, weather, horizon and sun. */
export function createScene(request: DrawRequest): Scene {
  const { width, height } = request;
  const key = [request.model, request.prompt, request.negativePrompt ?? "", request.seed, request.index ?? 0].join(
    "\n",
  );
  const brief = readPrompt(request.prompt, request.negativePrompt);
  const random = createRandom(key);
  const unit = Math.min(width, height);
  const night = brief.things.has("stars") || brief.things.has("moon") || brief.things.has("aurora");
  const time =
    brief.time ??
    (night
      ? "night"
      : pick(
          random,
          brief.place === "city"
            ? ["night", "sunset", "night", "dawn"]
            : ["dawn", "day", "sunset", "sunset", "day", "dawn"],
        ));
  const weather =
    brief.weather ?? (brief.things.has("clouds") ? "clouds" : pick(random, ["clear", "clouds", "clouds"]));
  const horizon = Math.round(height * between(random, 0.56, 0.67));
  // The sun is in the left or right third of the image, never in the middle.
  const side = random() < 0.5 ? between(random, 0.24, 0.38) : between(random, 0.62, 0.76);
  const lift = { dawn: 0.1, day: 0.42, sunset: 0.07, night: 0.38 }[time] * between(random, 0.75, 1.25);
  const radius = unit * (time === "night" ? between(random, 0.035, 0.055) : between(random, 0.028, 0.042));
  return {
    width,
    height,
    unit,
    horizon,
    sun: { x: width * side, y: horizon - height * lift, radius },
    brief,
    time,
    weather,
    palette: choosePalette(brief, time, weather, random),
    random: (part) => createRandom(`${key}\n${part}`),
  };
}
