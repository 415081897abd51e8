-- What Schoolbell tells about itself is made where it happens: in the statement that pauses a webhook or
-- dead-letters a delivery. Its data names them by the ids that everybody knows them by.

-- A UUID as a TypeID, the form that people see: 128 bits, two zero bits before them, 26 symbols of 5 bits.
-- The same as `toTypeId` of libs/delivery, whose table of prefixes this takes one of. A loop, since it is
-- some five times as fast as a query over the 26.
CREATE FUNCTION type_id(prefix text, id uuid) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
  AS $body$
    DECLARE
      bits CONSTANT bit varying := B'00' || ('x' || replace(id::text, '-', ''))::bit(128);
      shown text := prefix || '_';
    BEGIN
      FOR n IN 0..25 LOOP
        shown := shown || substr('0123456789abcdefghjkmnpqrstvwxyz',
                                 substring(bits FROM 5 * n + 1 FOR 5)::integer + 1, 1);
      END LOOP;
      RETURN shown;
    END
  $body$;
