/** A hatched red, for `fill="url(#…)"`: failures can be told from successes without colours. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="5" height="5" className="fill-bad-mark" />
        <line x1="0" x2="0" y2="5" strokeWidth="3" className="stroke-surface opacity-55" />
      </pattern>
    </defs>
  );
}
