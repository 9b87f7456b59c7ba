import { openInPlace } from "@/components/prediction/open-in-place";
import type { Picture } from "@/components/prediction/picture";

/**
 * One picture of a justified row: as wide as its shape asks for at the row's height, and growing by the same measure, so
 * that all pictures of a row stay equally high.
 */
export function PictureTile({ picture, onOpen }: { picture: Picture; onOpen: () => void }) {
  const { src, thumb, width, height, prompt } = picture;
  const ratio = width && height ? width / height : 1;
  return (
    <li className="max-w-full" style={{ flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})` }}>
      <a
        href={src}
        className="block overflow-hidden rounded-sm bg-raised transition-opacity hover:opacity-90"
        style={{ aspectRatio: ratio }}
        onClick={(event) => openInPlace(event, onOpen)}
      >
        <img
          src={thumb}
          alt={prompt || "Picture without a prompt"}
          width={width ?? undefined}
          height={height ?? undefined}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
        />
      </a>
    </li>
  );
}
