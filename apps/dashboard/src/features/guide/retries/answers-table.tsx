import { Table, Td, Th } from '../../../ui/table.tsx';

const ANSWERS = [
  ['2xx', 'Delivered, whatever the body says.'],
  ['410', 'Dead at once, and the webhook is paused: “nobody wants this any more”.'],
  [
    '429, 503',
    'A failure. A Retry-After of up to 6 hours is kept; otherwise the schedule goes on.',
  ],
  ['Any other status', 'A failure, also a redirect: Schoolbell does not follow one.'],
  [
    'No answer in time',
    'A failure. The webhook’s timeout is for the whole attempt: 10 s by default.',
  ],
  ['A fault on our side', 'Tried again, and never counted for the automatic pause.'],
] as const;

/** What each answer of a receiver does to its delivery. */
export function AnswersTable() {
  return (
    <Table label="What an answer means">
      <thead>
        <tr>
          <Th>Your answer</Th>
          <Th>What becomes of the delivery</Th>
        </tr>
      </thead>
      <tbody>
        {ANSWERS.map(([answer, outcome]) => (
          <tr key={answer} className="align-top">
            <Td className="font-medium whitespace-nowrap tabular-nums">{answer}</Td>
            <Td>{outcome}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
