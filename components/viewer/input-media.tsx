"use client";

import { useState } from "react";
import { FileThumb } from "@/components/media/files/file-thumb";
import { thumbOf } from "@/components/media/media-in-input";
import { readFileType } from "@/components/media/files/read-file-type";
import { kindOfType } from "@/lib/media/kinds";

type InputMediaProps = { name: string; paths: string[] };

/** The input files of a prediction, in order, as one line in a list of facts. Each thumbnail links to its file. */
export function InputMedia({ name, paths }: InputMediaProps) {
  return (
    <>
      <dt className="self-start py-1 text-muted">{name}</dt>
      <dd className="flex min-w-0 flex-wrap gap-1.5 py-1">
        {paths.map((path, index) => (
          <InputMediaItem key={`${index} ${path}`} path={path} place={index + 1} />
        ))}
      </dd>
    </>
  );
}

const tile = "relative grid size-12 place-items-center overflow-hidden rounded-sm bg-raised text-[12px] text-muted";

function InputMediaItem({ path, place }: { path: string; place: number }) {
  /**
   * Undefined while the file is shown as an image. If the image cannot be shown: the content type of the file, or null if the
   * file cannot be loaded.
   */
  const [type, setType] = useState<string | null>();
  const number = (
    <span
      aria-hidden
      className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-ground px-1 font-mono text-[10px] text-ink"
    >
      {place}
    </span>
  );
  if (type === null) {
    return (
      <span title="This file was deleted or could not be loaded" className={tile}>
        Missing
        {number}
      </span>
    );
  }
  return (
    <a href={path} className={`${tile} transition-opacity hover:opacity-90`}>
      {type ? (
        <FileThumb path={path} label={`File ${place}`} content_type={type} kind={kindOfType(type)} />
      ) : (
        <img
          src={thumbOf(path)}
          alt={`Input file ${place}`}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
          onError={() => void readFileType(path).then(setType)}
        />
      )}
      {number}
    </a>
  );
}
