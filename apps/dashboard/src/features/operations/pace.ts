import { count, duration } from '../../ui/numbers.ts';

interface Progress {
  total: number;
  done: number;
  failed: number;
  createdAt: string;
}

/** ", 120 a second, 2 min left": the average since the start; empty while there is too little to go by. */
export function paceOf({ total, done, failed, createdAt }: Progress, now: number): string {
  const seconds = (now - Date.parse(createdAt)) / 1_000;
  const over = done + failed;
  if (over === 0 || seconds < 1) return '';
  const perSecond = over / seconds;
  const pace =
    perSecond >= 1
      ? `${count(Math.round(perSecond))} a second`
      : `${count(Math.round(perSecond * 60))} a minute`;
  return `, ${pace}, ${duration(((total - over) / perSecond) * 1_000)} left`;
}
