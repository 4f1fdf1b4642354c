package io.taggateway.sandbox.sipsim;

/**
 * Who spoke on a call.
 *
 * @param caller E.164 number
 * @param receiver E.164 number
 * @param outside the one of both that is not the company's
 * @param name whose number that is, empty if nobody knows; SIPSIM searches it and never shows it
 * @param employeeId who took part on the company's side
 */
record CallParties(String caller, String receiver, String outside, String name, int employeeId) {}
