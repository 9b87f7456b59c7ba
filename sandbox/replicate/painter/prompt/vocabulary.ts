import { lch, type Lch } from "../colours/colour.ts";

/**
 * Returns a map from each word to its meaning. Each entry of `lists` has a meaning, and a text with all words that have this
 * meaning.
 */
function vocabulary<T>(lists: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(lists.flatMap(([meaning, words]) => words.split(" ").map((word): [string, T] => [word, meaning])));
}

export type Place = "mountain" | "sea" | "forest" | "desert" | "city" | "meadow" | "lake" | "space" | "abstract";
export type Animal = "cat" | "dog" | "fox" | "rabbit" | "bear" | "owl" | "deer";
export type Focus = Animal | "portrait" | "woman" | "astronaut" | "flower";
export type Thing =
  | "moon"
  | "sun"
  | "stars"
  | "planet"
  | "house"
  | "lighthouse"
  | "boat"
  | "tree"
  | "birds"
  | "clouds"
  | "person"
  | "castle"
  | "aurora";
export type Time = "dawn" | "day" | "sunset" | "night";
export type Weather = "clear" | "clouds" | "storm" | "fog" | "snow" | "rain";
export type Style = "photo" | "watercolor" | "ink" | "oil" | "poster" | "pixel" | "line" | "minimal";

export const PLACES = vocabulary<Place>([
  [
    "mountain",
    "mountain alp alps peak himalaya volcano summit fjord canyon cliff ridge patagonia dolomite everest fuji glacier highland",
  ],
  [
    "sea",
    "sea ocean beach coast coastal wave shore island bay harbor harbour tide surf reef lagoon atlantic pacific seaside lighthouse ship sailboat whale",
  ],
  ["forest", "forest wood woods woodland jungle taiga pine redwood rainforest grove birch spruce"],
  ["desert", "desert dune sahara mesa sand oasis mars martian mojave cactus camel savanna"],
  [
    "city",
    "city skyline skyscraper street urban downtown tokyo york manhattan metropolis cyberpunk building tower cityscape town paris london hongkong shanghai neon",
  ],
  [
    "meadow",
    "meadow field hill garden prairie farm countryside valley village pasture lavender wheat tuscany grassland vineyard park",
  ],
  ["lake", "lake river pond stream waterfall creek reflection canal marsh"],
  [
    "space",
    "space planet galaxy nebula cosmos cosmic universe orbit saturn jupiter asteroid comet spaceship interstellar supernova milkyway",
  ],
  [
    "abstract",
    "abstract pattern texture fluid geometric swirl marble fractal gradient shapes bauhaus psychedelic wallpaper smoke",
  ],
]);

export const FOCUSES = vocabulary<Focus>([
  ["portrait", "portrait man face boy person people human model king child headshot actor warrior musician profile"],
  ["woman", "woman girl lady queen princess actress dancer beauty bride goddess"],
  ["astronaut", "astronaut cosmonaut spaceman"],
  ["cat", "cat kitten kitty tiger lion panther leopard lynx"],
  ["dog", "dog puppy hound corgi retriever labrador"],
  ["fox", "fox wolf coyote husky shiba"],
  ["rabbit", "rabbit bunny hare iguana"],
  ["bear", "bear panda hamster capybara animal raccoon beaver"],
  ["owl", "owl bird parrot eagle raven penguin crow"],
  ["deer", "deer stag elk moose reindeer antelope horse"],
  [
    "flower",
    "flower rose tulip lotus daisy sunflower peony orchid blossom bloom petal poppy dahlia lily bouquet cherry",
  ],
]);

export const THINGS = vocabulary<Thing>([
  ["moon", "moon moonlit moonlight lunar"],
  ["sun", "sun sunny sunlight sunlit sunrise sunset"],
  ["stars", "star stars starry starlight constellation milkyway"],
  ["planet", "planet saturn jupiter earth"],
  ["house", "house cabin cottage hut barn home farm chalet village farmhouse"],
  ["lighthouse", "lighthouse beacon"],
  ["castle", "castle palace temple fortress cathedral"],
  ["boat", "boat sailboat ship sail yacht canoe sailing"],
  ["tree", "tree oak willow baobab acacia maple palm"],
  ["birds", "birds gull seagull flock geese swallow"],
  ["clouds", "cloud cloudy clouds overcast"],
  ["person", "hiker traveler traveller wanderer figure silhouette lonely monk samurai"],
  ["aurora", "aurora borealis northern"],
]);

export const TIMES = vocabulary<Time>([
  ["dawn", "dawn sunrise morning daybreak early spring"],
  ["day", "day noon midday daylight sunny summer afternoon bright"],
  ["sunset", "sunset dusk evening twilight golden-hour sundown autumn fall"],
  ["night", "night midnight nocturnal starry dark aurora cyberpunk neon"],
]);

export const WEATHERS = vocabulary<Weather>([
  ["clouds", "cloud clouds cloudy overcast dramatic"],
  ["storm", "storm stormy thunder lightning tempest hurricane tornado"],
  ["fog", "fog foggy mist misty haze hazy smoky mysterious"],
  ["snow", "snow snowy winter blizzard ice icy frozen snowfall arctic"],
  ["rain", "rain rainy drizzle wet monsoon downpour raining"],
  ["clear", "clear sunny cloudless"],
]);

export const STYLES = vocabulary<Style>([
  ["photo", "photo photograph photography photorealistic cinematic realistic film analog 35mm polaroid bokeh"],
  ["watercolor", "watercolor watercolour aquarelle gouache"],
  ["ink", "ink sumi sumi-e calligraphy woodcut brushwork"],
  ["oil", "oil painting impressionist impressionism gogh monet acrylic painterly canvas"],
  ["poster", "poster vector flat screenprint vintage retro travel wpa illustration"],
  ["pixel", "pixel pixelart 8-bit 8bit 16-bit 16bit voxel sprite"],
  ["line", "line lineart sketch pencil drawing engraving etching outline blueprint"],
  ["minimal", "minimal minimalist minimalism simple zen clean"],
]);

export const TINTS: ReadonlyMap<string, Lch> = new Map(
  Object.entries({
    red: lch(0.58, 0.21, 27),
    crimson: lch(0.5, 0.2, 20),
    scarlet: lch(0.58, 0.22, 30),
    ruby: lch(0.48, 0.19, 15),
    orange: lch(0.72, 0.18, 55),
    amber: lch(0.78, 0.16, 75),
    copper: lch(0.6, 0.12, 48),
    coral: lch(0.72, 0.16, 32),
    yellow: lch(0.88, 0.17, 100),
    gold: lch(0.8, 0.15, 85),
    golden: lch(0.8, 0.15, 82),
    lemon: lch(0.9, 0.17, 105),
    green: lch(0.6, 0.16, 145),
    emerald: lch(0.58, 0.14, 160),
    lime: lch(0.82, 0.2, 128),
    olive: lch(0.55, 0.1, 115),
    mint: lch(0.85, 0.09, 165),
    teal: lch(0.58, 0.11, 195),
    turquoise: lch(0.75, 0.12, 190),
    cyan: lch(0.8, 0.13, 205),
    blue: lch(0.52, 0.17, 258),
    azure: lch(0.65, 0.14, 245),
    navy: lch(0.3, 0.1, 262),
    indigo: lch(0.4, 0.17, 278),
    purple: lch(0.5, 0.19, 305),
    violet: lch(0.52, 0.2, 295),
    lavender: lch(0.75, 0.1, 300),
    magenta: lch(0.6, 0.26, 335),
    pink: lch(0.76, 0.14, 352),
    rosy: lch(0.72, 0.13, 5),
    brown: lch(0.45, 0.08, 55),
    beige: lch(0.85, 0.05, 80),
    white: lch(0.95, 0.015, 90),
    black: lch(0.17, 0.01, 280),
    ochre: lch(0.65, 0.12, 75),
    rust: lch(0.52, 0.14, 40),
    silver: lch(0.75, 0.012, 240),
    peach: lch(0.83, 0.1, 55),
  }),
);

/** A mood changes all colours of the image. */
export type Mood = "grey" | "sepia" | "neon" | "pastel" | "dark" | "vivid";

export const MOODS = vocabulary<Mood>([
  ["grey", "monochrome grayscale greyscale noir grey gray black-and-white"],
  ["sepia", "sepia daguerreotype"],
  ["neon", "neon cyberpunk synthwave vaporwave fluorescent"],
  ["pastel", "pastel soft dreamy gentle delicate"],
  ["dark", "dark moody gloomy shadowy"],
  ["vivid", "vivid vibrant colorful colourful saturated rainbow"],
]);

/** The usual colour of a subject, for prompts that name no colour. */
export const OWN_COLOURS: ReadonlyMap<string, Lch> = new Map(
  Object.entries({
    sunflower: lch(0.84, 0.17, 88),
    rose: lch(0.56, 0.2, 16),
    tulip: lch(0.62, 0.21, 22),
    poppy: lch(0.62, 0.23, 30),
    daisy: lch(0.95, 0.015, 95),
    lily: lch(0.94, 0.025, 100),
    lotus: lch(0.82, 0.1, 350),
    peony: lch(0.78, 0.12, 358),
    cherry: lch(0.84, 0.09, 355),
    orchid: lch(0.66, 0.17, 325),
    fox: lch(0.6, 0.15, 48),
    tiger: lch(0.68, 0.16, 60),
    lion: lch(0.68, 0.11, 75),
  }),
);
