import { describe } from "@/components/prediction/describe";
import type { Picture } from "@/components/prediction/picture";
import { BeforeAfter } from "./before-after";

/** The picture as large as its place allows; with `before`, over that one. */
export function PictureStage({ picture, before }: { picture: Picture; before: Picture | null }) {
  if (before) return <BeforeAfter key={picture.key} before={before} after={picture} />;
  return (
    <img
      key={picture.key}
      src={picture.src}
      alt={describe(picture)}
      width={picture.width ?? undefined}
      height={picture.height ?? undefined}
      className="size-auto max-h-full max-w-full rounded-sm bg-cover object-contain"
      style={picture.thumb === picture.src ? undefined : { backgroundImage: `url("${picture.thumb}")` }}
    />
  );
}
