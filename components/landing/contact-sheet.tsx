import type { ReactNode } from "react";
import { scenes } from "./scenes";

const frame = { width: 144, height: 96 };
const gap = 10;
const margin = 26;
const columns = 4;
const sheet = { width: columns * (frame.width + gap) + gap, strip: frame.height + 2 * margin };

/** A photographer's contact sheet: strips of film, one frame chosen with a red grease pencil. Drawn, not photographed. */
export function ContactSheet() {
  const rows = Math.ceil(scenes.length / columns);
  const height = rows * sheet.strip + (rows - 1) * 14;
  return (
    <svg
      role="img"
      aria-label="A contact sheet of twelve small images; one is in colour and circled in red"
      viewBox={`0 0 ${sheet.width} ${height}`}
      className="w-full overflow-visible"
    >
      {Array.from({ length: rows }, (_, row) => (
        <Strip key={row} row={row}>
          {scenes.slice(row * columns, (row + 1) * columns).map((scene, column) => (
            <svg
              key={scene.name}
              x={gap + column * (frame.width + gap)}
              y={margin}
              width={frame.width}
              height={frame.height}
              viewBox="0 0 144 96"
            >
              <rect width="144" height="96" fill={scene.ground} />
              {scene.drawing}
            </svg>
          ))}
        </Strip>
      ))}
      <GreasePencil />
    </svg>
  );
}

function Strip({ row, children }: { row: number; children: ReactNode }) {
  const holes = Array.from({ length: Math.floor(sheet.width / 15.6) }, (_, hole) => 6 + hole * 15.6);
  return (
    <g transform={`translate(0 ${row * (sheet.strip + 14)})`}>
      <rect width={sheet.width} height={sheet.strip} rx="3" fill="#0a0908" stroke="#2f2a27" />
      {[4, sheet.strip - 13].map((y) =>
        holes.map((x) => <rect key={`${x}-${y}`} x={x} y={y} width="7" height="9" rx="2" fill="#26211e" />),
      )}
      {Array.from({ length: columns }, (_, column) => (
        <text
          key={column}
          x={gap + column * (frame.width + gap)}
          y={margin - 3}
          fontSize="7"
          fill="#c98b4d"
          className="font-mono"
        >
          {row * columns + column + 1} ▸ {row * columns + column + 1}A
        </text>
      ))}
      {children}
    </g>
  );
}

function GreasePencil() {
  const x = gap + 2 * (frame.width + gap);
  const y = sheet.strip + 14 + margin;
  return (
    <path
      d="M20 -9 C70 -16 142 -14 153 14 C163 50 158 96 138 104 C96 115 18 114 -2 98 C-18 74 -14 18 4 -2 C18 -12 60 -18 110 -13"
      transform={`translate(${x} ${y})`}
      fill="none"
      stroke="#ff5a36"
      strokeWidth="3.5"
      strokeLinecap="round"
    />
  );
}
